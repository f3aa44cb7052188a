"""Run the command line with `python -m cuibono`."""

from cuibono.cli.main import main

if __name__ == "__main__":
    main()
