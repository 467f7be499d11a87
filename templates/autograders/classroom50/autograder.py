"""Run by Classroom 50 in the learner's checkout: has Labwright judge the signed result in it, and leaves ./result.json.

Whatever the points, it exits with 0. Any other code says that nothing could be judged: there is no score then.
"""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
RESULT = pathlib.Path("result.json")
TIME = "%Y-%m-%dT%H:%M:%SZ"


def main():
    # What the learner committed under this name is no result.
    if RESULT.is_file() or RESULT.is_symlink():
        RESULT.unlink()
    node = shutil.which("node")
    if node is None:
        print('::error::Node.js is missing. Set "node": "22" in the assignment\'s `runtime`.', file=sys.stderr)
        return 1
    command = [node, str(HERE / "labwright/dist/cli/main.cjs"), "autograder", "run", str(HERE), "--no-color"]
    ran = subprocess.run(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    if ran.returncode != 0:
        # One line: a line of its own could be another command to GitHub Actions.
        message = ran.stderr.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        print(f"::error::{message}", file=sys.stderr)
        return ran.returncode
    stamp()
    return 0


def stamp():
    """`datetime` is when the graded commit was made, and `graded_at` when this was: the result.json contract of Classroom 50."""
    result = json.loads(RESULT.read_text(encoding="utf-8"))
    result["graded_at"] = datetime.datetime.now(datetime.timezone.utc).strftime(TIME)
    committed = commit_time()
    if committed is not None:
        result["datetime"] = committed
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def commit_time():
    try:
        told = subprocess.run(
            ["git", "show", "-s", "--format=%ct", os.environ.get("GITHUB_SHA") or "HEAD"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        seconds = int(told.stdout.split()[0])
    except (OSError, ValueError, IndexError, subprocess.CalledProcessError):
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime(TIME)


if __name__ == "__main__":
    sys.exit(main())
