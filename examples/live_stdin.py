"""Lines as they come: each is answered before the next is asked for, by one process with one pipeline."""

import subprocess
import sys

command = [sys.executable, "-m", "arnorm", "normalize", "--pass", "repair_spelling", "--pass", "fold_alef"]
with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
    for line in ["ذهب الى المدرسه", "أهلا"]:
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
        print(process.stdout.readline(), end="")
    process.stdin.close()

# ذهب الى المدرسة
# اهلا
