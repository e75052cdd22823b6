# expects: Prefecture-isoCode MaxCountConstraintComponent

PREFIX prefecture: <id/prefecture/>
PREFIX schema: <http://schema.org/>

INSERT DATA { prefecture:01 schema:identifier "JP-02" }
