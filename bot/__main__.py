"""The command line of Hamroh: `hamroh` when installed, `python -m bot` in a checkout."""

import gc
import sys

# Collecting garbage while modules load only costs time at start: they are all kept.
gc.disable()

from bot.cli.parsing import parser  # noqa: E402 - see above
from bot.cli.refusing import Refused, sentence_for  # noqa: E402

USAGE, INTERRUPTED = 2, 130


def main() -> int:
    """Run the command that was typed; give the exit code."""
    options = parser().parse_args()
    try:
        gc.enable()
        code: int = options.act(options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it.
        sys.stderr.close()
        return 0
    except Refused as refusal:
        print(f"hamroh: {refusal}", file=sys.stderr)
        return refusal.code
    except Exception as error:
        refused = sentence_for(error)
        if refused is None:
            raise
        print(f"hamroh: {refused}", file=sys.stderr)
        return refused.code
    return code


if __name__ == "__main__":
    sys.exit(main())
