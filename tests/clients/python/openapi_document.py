"""Validates an OpenAPI document on stdin with openapi-spec-validator, and prints how many operations it has."""

import json
import sys

from openapi_spec_validator import OpenAPIV31SpecValidator

document = json.load(sys.stdin)
errors = [f"{list(error.absolute_path)}: {error.message}" for error in OpenAPIV31SpecValidator(document).iter_errors()]
if errors:
    sys.exit("\n".join(errors))
print(sum(len(item) for item in document["paths"].values()))
