# expects: PriorityProject-purpose DatatypeConstraintComponent
# expects: PriorityProject-purpose LanguageInConstraintComponent
# A text without a language tag.

PREFIX project: <id/project/>
PREFIX s5: <ontology#>

INSERT DATA {
    project:hokkaido-society5 s5:purpose "タグなし" .
}
