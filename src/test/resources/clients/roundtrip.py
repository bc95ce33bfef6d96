"""Enrols one photo and identifies another with the client that openapi-generator makes for Python."""
import sys

import openapi_client

base, key, first, second = sys.argv[1:]
FORM = "multipart/form-data"
with openapi_client.ApiClient(openapi_client.Configuration(host=base)) as client:
    client.set_default_header("X-API-Key", key)
    faces = openapi_client.FacesApi(client)
    enrolled = faces.enroll("Anna", [first], _content_type=FORM).enrolled
    label = faces.identify([second], _content_type=FORM).label
print(f"enrolled {enrolled}, then {label}")
