"""How what an error asks for is done on the command line."""

from ..domain.errors import Hint

WAYS: dict[Hint, str] = {
    "add activity": "needle activity add NAME",
    "add sales activity": "needle activity add NAME --sales",
    "add contact": "needle contact add NAME",
    "merge contacts": "needle contact merge NAME OTHER",
    "rename activity": "needle activity edit NAME --name OTHER",
    "log": "needle log MINUTES ACTIVITY",
    "start timer": "needle start",
    "stop timer": "needle stop",
    "leave out follows": "leave --follows out",
    "another file": "--db PATH",
    "rescue": "open needle to go back to a backup or to save what can be read",
    "same currency": "--db PATH, or needle settings currency {currency}",
    "import into": "--activity NAME",
    "leave out outcome": "--map outcome=, or --activity NAME",
    "another source": "--source NAME",
    "name column": "--map {field}=COLUMN",
    "leave out length": "--map {second}= or --map {first}=",
    "date format": "--date-format FORMAT",
    "outcome meaning": "--value outcome:TEXT=OUTCOME",
    "read as csv": "--as csv",
    "answered calls": "--value outcome:yes=talked, or --map outcome=tags where a tag says it",
    "tags": '--value "activity:TAG=NAME"',
    "zone": "--zone ZONE",
    "own rows": '--only "COLUMN=VALUE"',
    "begin": "type needle, or name a file with --db",
    "older": "if that is meant: needle {command} --older",
}
