"""Print the built-in texts of every combination of fixes, for reading.

python -m tickets.tests.gallery          all with one and two fixes
python -m tickets.tests.gallery 3 40     forty with three fixes
"""

import os
import sys
from itertools import product
from random import Random


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resolutionflow.settings")
    django.setup()
    from tickets.models import Kind, Language
    from tickets.tests.bundles import STATES, bundle_of
    from tickets.writing.rendering import as_plain_text
    from tickets.writing.writer import write

    arguments = [int(each) for each in sys.argv[1:]]
    cases = [states for size in arguments[:1] or [1, 2] for states in product(STATES, repeat=size)]
    if arguments[1:]:
        cases = Random(0).sample(cases, arguments[1])
    for states in cases:
        for kind, language in product((Kind.NOTE, Kind.PACKAGE), Language):
            document = write(bundle_of(*states), kind, language)
            heading = f"##### {', '.join(states)}: {kind.label}, {language.label}"
            sys.stdout.write(f"\n{heading}\n\n{as_plain_text(document)}")


if __name__ == "__main__":
    main()
