"""`nabij COMMAND`: our own commands first, Django's behind them."""

from django.core.management import execute_from_command_line

SUMMARY = """Nabij - the working system of a neighbourhood social team

  nabij migrate             bring the database up to date, rules included
  nabij demo                fill an empty database with a demonstration municipality
  nabij seed --size N       fill an empty database with a made-up region, to measure and to practise
  nabij serve               answer web requests
  nabij work                do the jobs: mail, sealing, sweeping
  nabij sweep               check every promise now and repair what time broke
  nabij digest              write the morning mails that are due
  nabij import_mail PATH    take in a folder or mbox of messages    (also: nabij import mail PATH)
  nabij fetch_mail          take in what lies in the IMAP mailbox    (also: nabij fetch mail)
  nabij import_debts F      take in a partner's file with arrears    (also: nabij import debts F)
  nabij import_caseload F   take over an existing caseload          (also: nabij import caseload F)
  nabij backup FILE         write everything to one sealed file, while everybody works
  nabij restore FILE        put a backup back into an empty place
  nabij link A B --out P    which persons of two CSV files are the same
  nabij verify              prove the record of who did and saw what

Every command explains itself: nabij COMMAND --help
"""


def run(words: list[str]) -> None:
    """Run a command; `import mail` and `import_mail` are the same."""
    if len(words) < 2 or (words[1] in {"-h", "--help", "help"} and len(words) == 2):
        print(SUMMARY)
        return
    if words[1] in {"import", "fetch"} and len(words) > 2:
        words = [words[0], f"{words[1]}_{words[2]}", *words[3:]]
    execute_from_command_line(words)
