import Foundation
import Testing

/// A server under TLS that knows each mechanism of AUTH, and writes down what the client answers; it ends with the last
/// reference to it.
final class AuthPeer {
  /// The certificate, which nobody has signed, and its key.
  let certificate: String
  let key: String
  let port: Int
  private let files: TemporaryDirectory
  private let process: ChildProcess

  /// Starts a server that offers one mechanism, and accepts or refuses whoever knows the password.
  init(mechanism: String, password: String, accepts: Bool) throws {
    files = try TemporaryDirectory()
    (certificate, key) = (files.path + "/certificate.pem", files.path + "/key.pem")
    let made = try Program.run(
      ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
        + ["-subj", "/CN=localhost", "-keyout", key, "-out", certificate])
    try #require(made.status == 0, "\(made.everything)")
    let output = files.path + "/port"
    process = try ChildProcess(
      ["python3", "-c", Self.program, files.path, mechanism, accepts ? "yes" : "no"],
      environment: ["PEER_PASSWORD": password], output: output, errors: output)
    let files = files
    try #require(eventually { files.text("port").hasSuffix("\n") }, "\(files.text("port"))")
    port = try #require(Int(files.text("port").trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  deinit { process.terminate() }

  /// What clients have answered, each answer as it was on the wire: base64.
  var answers: [String] { files.text("answers").split(separator: "\n").map(String.init) }

  private static let program = """
    import base64, hashlib, hmac, os, re, socket, ssl, struct, sys
    folder, mechanism, accepts = sys.argv[1], sys.argv[2], sys.argv[3] == "yes"
    password = os.environ["PEER_PASSWORD"].encode()
    b64 = base64.b64encode

    def login(_):
        yield b"Username:"
        yield b"Password:"

    def cram(_):
        yield b"<1896.697170952@peer.example>"

    def digest(_):
        nonce = b"b25jZS1vZi10aGUtcGVlcg"
        answer = yield b'realm="peer.example",nonce="%s",qop="auth",algorithm=md5-sess,charset=utf-8' % nonce
        field = dict(re.findall(rb'([a-z-]+)="?([^",]*)"?', answer))
        md5 = lambda octets: hashlib.md5(octets).digest()
        a1 = md5(b":".join([field[b"username"], field[b"realm"], password])) + b":" + nonce + b":" + field[b"cnonce"]
        a2 = md5(b":" + field[b"digest-uri"])
        parts = [md5(a1).hex().encode(), nonce, field[b"nc"], field[b"cnonce"], b"auth", a2.hex().encode()]
        yield b"rspauth=" + md5(b":".join(parts)).hex().encode()

    def scram(initial):
        name = "sha256" if "256" in mechanism else "sha1"
        bare = initial.split(b",", 2)[2]
        nonce = re.search(rb"r=([^,]*)", bare)[1] + b"peer"
        first = b"r=%s,s=%s,i=4096" % (nonce, b64(b"salt of the peer"))
        final = yield first
        salted = hashlib.pbkdf2_hmac(name, password, b"salt of the peer", 4096)
        key = hmac.new(salted, b"Server Key", name).digest()
        spoken = b",".join([bare, first, final.rsplit(b",p=", 1)[0]])
        yield b"v=" + b64(hmac.new(key, spoken, name).digest())

    def ntlm(_):
        name = "PEER".encode("utf-16le")
        pairs = struct.pack("<HH", 2, len(name)) + name + struct.pack("<HH", 0, 0)
        fields = struct.pack("<HHI", len(name), len(name), 48)
        yield (b"NTLMSSP\\0" + struct.pack("<I", 2) + fields + struct.pack("<I", 0x00800205) + b"01234567" + bytes(8)
               + struct.pack("<HHI", len(pairs), len(pairs), 48 + len(name)) + name + pairs)

    def nothing(_):
        return
        yield

    kinds = {"LOGIN": login, "CRAM-MD5": cram, "DIGEST-MD5": digest, "NTLM": ntlm}
    exchange = kinds.get(mechanism, scram if mechanism.startswith("SCRAM") else nothing)
    speaks_first = mechanism not in ("LOGIN", "CRAM-MD5", "DIGEST-MD5")
    log = open(folder + "/answers", "wb", buffering=0)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder + "/certificate.pem", folder + "/key.pem")

    def authenticate(stream, words):
        def answer(challenge):
            stream.write(b"334 " + b64(challenge) + b"\\r\\n")
            stream.flush()
            return taken(stream.readline().strip())
        def taken(text):
            log.write(text + b"\\n")
            return base64.b64decode(text.replace(b"=", b"") + b"===")
        initial = b""
        if speaks_first:
            initial = taken(words[2]) if len(words) > 2 else answer(b"")
        steps = exchange(initial)
        given = initial
        try:
            challenge = next(steps)
            while accepts or not challenge.startswith((b"v=", b"rspauth=")):
                given = answer(challenge)
                challenge = steps.send(given)
        except StopIteration:
            pass
        return b"235 2.7.0 welcome" if accepts else b"535 5.7.8 Error: authentication failed"

    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    while True:
        raw, _ = server.accept()
        try:
            stream = context.wrap_socket(raw, server_side=True).makefile("rwb")
            reply, in_message = b"220 peer.example ESMTP", False
            while True:
                if reply:
                    stream.write(reply + b"\\r\\n")
                    stream.flush()
                line = stream.readline()
                if not line:
                    break
                words = line.split()
                verb = words[0].upper() if words else b""
                reply = b"250 2.0.0 Ok"
                if in_message:
                    in_message = line != b".\\r\\n"
                    reply = b"" if in_message else b"250 2.0.0 Ok: queued as 1"
                elif verb == b"EHLO":
                    reply = b"250-peer.example\\r\\n250 AUTH " + mechanism.encode()
                elif verb == b"AUTH":
                    reply = authenticate(stream, words)
                elif verb == b"DATA":
                    reply, in_message = b"354 go on", True
                elif verb == b"QUIT":
                    reply = b"221 2.0.0 Bye"
        except (OSError, ValueError):
            pass
        finally:
            raw.close()
    """
}
