from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from common import strict_json
from common.refusals import InvalidInput


class StrictJSON(JSONParser):
    """JSON in UTF-8, whatever charset the header claims (`common.strict_json`)."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            return strict_json.parse(stream.read())
        except strict_json.BadJson as bad:
            if bad.field is None:
                raise ParseError(bad.message) from None
            raise InvalidInput(**{bad.field: bad.message}) from None
