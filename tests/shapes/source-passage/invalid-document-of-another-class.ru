# expects: SourcePassage-isPartOf ClassConstraintComponent
# The value is no s5:SourceDocument.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX passage: <id/passage/>

DELETE { passage:direction-21 dcterms:isPartOf ?old }
INSERT { passage:direction-21 dcterms:isPartOf <id/none/unknown> }
WHERE { passage:direction-21 dcterms:isPartOf ?old }
