"""What the servers of the end-to-end tests have in common: a temporary directory, certificates, and an end.

A fixture prints one line, `READY` and a JSON object, once its server is up. It ends on SIGTERM, SIGINT or the end of its
standard input, and then stops the server and removes the directory. So it does when it is killed. Where it cannot run
it prints `SKIP` and the reason, and exits with 77.
"""
import base64
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

NAME = "mail.example.com"
USERS = {"alice": b"wonderland", "bob": b"builder"}
START_LIMIT = 20.0


def skip(reason):
    print("SKIP " + reason, flush=True)
    sys.exit(77)


def check_can_run(*paths):
    if os.geteuid() != 0:
        skip("starting this server needs root")
    for path in paths:
        if not os.path.exists(path):
            skip(path + " is missing: scripts/test installs it")


def quiet(argv, **options):
    """Runs a command whose output matters only when it fails."""
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options)
    if done.returncode:
        raise RuntimeError("%s: %s" % (argv[0], done.stdout.decode(errors="replace").strip()))


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def write(path, text, mode=0o644):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)


def add_common_options(parser):
    parser.add_argument("--users", help="more users: a name, a blank and a password in base64 a line")
    parser.add_argument("--ignore-stdin", action="store_true", help="end on a signal only")


def users(path):
    """Everybody's password: alice's, bob's, and those of a file as --users takes it."""
    lines = [line.split() for line in read(path).splitlines() if line.strip()] if path else []
    return {**USERS, **{name: base64.b64decode(password) for name, password in lines}}


def free_ports(asked):
    """A port number for each service; the free ones are held open together, so that they differ."""
    ports, held = {}, []
    for name, port in asked.items():
        held.append(socket.socket())
        held[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held[-1].bind(("127.0.0.1", port))
        ports[name] = held[-1].getsockname()[1]
    for probe in held:
        probe.close()
    return ports


def sign(tls, name, subject, extensions):
    """A key, and a certificate of the test CA in `tls`."""
    cert, key, request = ("%s/%s.%s" % (tls, name, kind) for kind in ("pem", "key", "csr"))
    quiet(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-sha256",
           "-subj", subject, "-keyout", key, "-out", request])
    write(tls + "/extensions", extensions)
    quiet(["openssl", "x509", "-req", "-in", request, "-CA", tls + "/ca.pem", "-CAkey", tls + "/ca.key",
           "-set_serial", str(int.from_bytes(os.urandom(8), "big") >> 1), "-sha256", "-days", "30", "-extfile",
           tls + "/extensions", "-out", cert])
    os.chmod(key, 0o600)
    return cert, key


def make_authority(tls):
    quiet(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-sha256",
           "-days", "30", "-subj", "/O=Parley tests/CN=Test CA", "-keyout", tls + "/ca.key", "-out", tls + "/ca.pem",
           "-addext", "keyUsage=critical,keyCertSign,cRLSign"])
    return tls + "/ca.pem"


def make_certificates(tls):
    """A test CA and a certificate for the server's names, with keys that live as long as the directory."""
    ca = make_authority(tls)
    return (ca, *sign(tls, "server", "/CN=" + NAME, "subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1,IP:::1\n"
                      "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n" % NAME))


def make_client_certificate(tls, user):
    """A certificate with which a user can log in, and its key, in one file."""
    cert, key = sign(tls, user, "/CN=" + user, "basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth\n")
    write(tls + "/client.pem", read(cert) + read(key), 0o600)
    return tls + "/client.pem"


def greets(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as peer:
            return peer.recv(4) == b"220 "
    except OSError:
        return False


def wait_until(is_ready, process, logs):
    limit = time.monotonic() + START_LIMIT
    while not is_ready():
        if process.poll() is not None or time.monotonic() > limit:
            raise RuntimeError("the server did not start\n" + "".join(map(read, logs)))
        time.sleep(0.02)


def start(argv, output, **options):
    """Starts a server in a session of its own, so that it can be ended with all that it starts."""
    with open(output, "w", encoding="utf-8") as file:
        return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True, **options)


def stop(process):
    for sign_ in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign_)
            process.wait(5)
        except (OSError, subprocess.TimeoutExpired):
            pass


def serve(kind, begin, arguments, life):
    """Lets `begin` start a server in a directory, says so, and keeps it until `life`, a pipe's end, reaches its end."""
    base = tempfile.mkdtemp(prefix="parley-%s." % kind)
    os.chmod(base, 0o755)
    started = []
    try:
        facts = begin(base, arguments, started.append)
        print("READY " + json.dumps(facts), flush=True)
        os.read(life, 1)
        return 0
    except (RuntimeError, OSError) as problem:
        print("%s fixture: %s" % (kind, problem), file=sys.stderr, flush=True)
        return 70
    finally:
        for process in started:
            stop(process)
        shutil.rmtree(base, ignore_errors=True)


def wait_for_the_end(server, watch_input):
    """Returns when the server ended by itself, or, with watch_input, at the end of standard input."""
    while os.waitid(os.P_PID, server, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        readable = select.select([0] if watch_input else [], [], [], 0.2)[0]
        if readable and not os.read(0, 4096):
            return


def run(kind, begin, arguments):
    """Runs a fixture to its end. `begin(base, arguments, note)` starts the server, notes its process, gives the facts."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])  # a caller's threads may block the signals that end us
    life, held = os.pipe()
    server = os.fork()
    if server == 0:  # outlives a kill of its parent just long enough to clean up
        os.close(held)
        os.setsid()
        for sign_ in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign_, lambda *_: None)
        os._exit(serve(kind, begin, arguments, life))
    os.close(life)
    for sign_ in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign_, lambda *_: sys.exit(0))
    try:
        wait_for_the_end(server, not arguments.ignore_stdin)
    finally:
        os.close(held)
        _, status = os.waitpid(server, 0)
    sys.exit(os.waitstatus_to_exitcode(status))
