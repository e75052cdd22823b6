# expects: SourcePassage-isPartOf MinCountConstraintComponent

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX passage: <id/passage/>

DELETE WHERE { passage:direction-21 dcterms:isPartOf ?value }
