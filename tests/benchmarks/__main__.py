"""Run every benchmark, whatever becomes of the others: `python tests/benchmarks [--short]`. Exits with 1 if one failed."""

import subprocess
import sys
from pathlib import Path

scripts = sorted(Path(__file__).parent.glob("bench_*.py"))
failed = [path.name for path in scripts if subprocess.call([sys.executable, "-P", path, *sys.argv[1:]])]
print(f"{len(scripts)} benchmarks, failed: {', '.join(failed) or 'none'}", flush=True)
sys.exit(bool(failed))
