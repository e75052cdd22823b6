# expects: InitiativeAdvice-description MaxLengthConstraintComponent
# A summary of 700 characters.

PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX initiative: <id/initiative/>

DELETE { initiative:telemedicine dcterms:description ?text }
INSERT { initiative:telemedicine dcterms:description ?long }
WHERE {
    initiative:telemedicine dcterms:description ?text FILTER(LANG(?text) = "en")
    BIND(STRLANG(REPLACE("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "x", "0123456789"), "en") AS ?long)
}
