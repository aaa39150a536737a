"""Builds and deploys template.yaml with SAM into MiniStack, an emulator of AWS, and invokes there
each event in `events/`: the answer must be what `nozzle transform` makes of it under the variables
that the deployed function has.

Usage: deploy.py NOZZLE MINISTACK

`NOZZLE` is the command `nozzle`, `MINISTACK` the emulator's. SAM and `cargo lambda` are taken from
the path. Fails with each event that is answered otherwise, and the emulator's log.
"""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import boto3
from botocore.config import Config

ROOT = pathlib.Path(__file__).parents[2]
REGION = "eu-west-1"
STACK = "nozzle-deployed"
PATIENCE = 60


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Emulator:
    """MiniStack on a free port of the loopback interface, as long as the block lasts."""

    def __init__(self, command, folder):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "ministack.log"
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "GATEWAY_PORT": str(port),
            "BIND_HOST": "127.0.0.1",
            # It would listen on every interface.
            "IOT_MTLS_ENABLED": "0",
            "MINISTACK_REGION": REGION,
            # What the functions that it runs are given as AWS's address.
            "AWS_ENDPOINT_URL": self.url,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [command], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )

    def __enter__(self):
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=5)
                return self
            except urllib.error.HTTPError:
                return self
            except OSError:
                if time.monotonic() > give_up or self.process.poll() is not None:
                    raise SystemExit(f"MiniStack does not listen:\n{self.log.read_text()}")
                time.sleep(0.05)

    def __exit__(self, *_):
        # With the functions that it started.
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(PATIENCE)


def sam(environment, *arguments):
    """Runs SAM; what it says is shown when it fails."""
    done = subprocess.run(
        ["sam", *arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"sam {' '.join(arguments)}:\n{done.stdout}")


def faults_of(nozzle, function):
    """Invokes the function with each sample, and yields what is answered otherwise."""
    patient = Config(read_timeout=PATIENCE, retries={"max_attempts": 0})
    client = boto3.client("lambda", config=patient)
    deployed = client.get_function_configuration(FunctionName=function)
    variables = deployed["Environment"]["Variables"]
    samples = sorted((ROOT / "events").glob("*.json"))
    for sample in samples:
        answer = client.invoke(FunctionName=function, Payload=sample.read_bytes())
        answered = json.loads(answer["Payload"].read())
        expected = subprocess.run(
            [nozzle, "transform", "--format", "response", sample],
            env=variables, stdout=subprocess.PIPE, check=False,
        ).stdout
        if "FunctionError" in answer or answered != json.loads(expected):
            yield f"{sample.name}: {json.dumps(answered)[:2000]}"
    print(f"{len(samples)} events invoked")


def main():
    nozzle, ministack = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="nozzle-deployment-") as folder:
        folder = pathlib.Path(folder)
        with Emulator(ministack, folder) as emulator:
            os.environ.update(
                AWS_ENDPOINT_URL=emulator.url,
                AWS_ACCESS_KEY_ID="123456789012",
                AWS_SECRET_ACCESS_KEY="test",
                AWS_DEFAULT_REGION=REGION,
                AWS_EC2_METADATA_DISABLED="true",
            )
            environment = os.environ | {
                "SAM_CLI_TELEMETRY": "0",
                "__SAM_CLI_APP_DIR": str(folder / "sam"),
                # The machine's own linker, and what is installed of Rust.
                "CARGO_LAMBDA_COMPILER": "cargo",
                "RUSTUP_DIST_SERVER": "http://127.0.0.1:9",
                "RUSTUP_UPDATE_ROOT": "http://127.0.0.1:9/rustup",
                # How fast the function is, is measured elsewhere.
                "CARGO_PROFILE_RELEASE_LTO": "off",
                "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16",
                "CARGO_PROFILE_RELEASE_OPT_LEVEL": "0",
                "CARGO_TARGET_DIR": str(ROOT / "target" / "deployment"),
            }
            sam(environment, "build", "--build-dir", str(folder / "build"))
            sam(
                environment, "deploy", "--template", str(folder / "build" / "template.yaml"),
                "--stack-name", STACK, "--resolve-s3", "--capabilities", "CAPABILITY_IAM",
                "--region", REGION, "--no-progressbar",
            )
            stacks = boto3.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
            outputs = {item["OutputKey"]: item["OutputValue"] for item in stacks[0]["Outputs"]}
            faults = list(faults_of(nozzle, outputs["FunctionArn"]))
            if faults:
                raise SystemExit("\n".join([*faults, emulator.log.read_text()]))
            sam(environment, "delete", "--stack-name", STACK, "--no-prompts", "--region", REGION)


if __name__ == "__main__":
    main()
