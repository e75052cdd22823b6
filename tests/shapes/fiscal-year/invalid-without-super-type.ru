# expects: FiscalYear-type HasValueConstraintComponent

PREFIX fiscal-year: <id/fiscal-year/>
PREFIX time: <http://www.w3.org/2006/time#>

DELETE DATA { fiscal-year:2020 a time:ProperInterval }
