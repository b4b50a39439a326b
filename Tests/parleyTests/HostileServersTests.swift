import Foundation
import Testing

/// The program itself against servers that mean harm: what it prints, what it keeps, and how much memory that takes.
struct HostileServersTests {
  /// What a run of `parley send` came to.
  struct Run: Decodable {
    let status: Int32
    /// What was printed on both outputs, octet by octet.
    let printed: [UInt8]
    /// What the server said, at most its first two mebibytes.
    let said: [UInt8]
    /// What the recording holds of that.
    let recorded: [UInt8]
    /// The peak of the memory, in KiB.
    let memory: Int

    var text: String { String(decoding: printed, as: UTF8.self) }
  }

  /// Serves one session on loopback: one of the given answers for each command, the last of them without end where it
  /// begins with `*`; runs parley against it and tells what came of it.
  private static let bench = """
    import base64, json, os, resource, socket, subprocess, sys, tempfile, threading
    parley, answers = sys.argv[1], [base64.b64decode(a) for a in sys.argv[2].split(',')]
    listener, said = socket.create_server(('127.0.0.1', 0)), bytearray()
    def say(peer, octets):
        if len(said) < 2 << 20: said.extend(octets)
        peer.sendall(octets)
    def serve():
        peer = listener.accept()[0]
        try:
            for answer in answers:
                if answer.startswith(b'*'):
                    for _ in range((64 << 20) // len(answer)): say(peer, answer[1:])
                else: say(peer, answer)
                if not peer.recv(65536): break
        except OSError: pass
    threading.Thread(target=serve, daemon=True).start()
    with tempfile.TemporaryDirectory() as directory:
        record = directory + '/session.smtp'
        target = '127.0.0.1:%d' % listener.getsockname()[1]
        run = subprocess.run([parley, 'send', '--server', target, '--to', 'b@example.org', '--from', 'a@example.com',
            '--ehlo', 'client.example', '--timeout', '5', '--record', record], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, 'HOME': directory})
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        recorded = subprocess.run([parley, 'convert', record, '--to', 'server-bytes'], stdout=subprocess.PIPE).stdout
    print(json.dumps({'status': run.returncode, 'printed': list(run.stdout), 'said': list(said),
        'recorded': list(recorded), 'memory': memory}))
    """

  private func send(_ answers: [String]) throws -> Run { try send(answers.map { Array($0.utf8) }) }

  private func send(_ answers: [[UInt8]]) throws -> Run {
    let words = answers.map { Data($0).base64EncodedString() }.joined(separator: ",")
    let bench = try Program.run(["python3", "-c", Self.bench, Program.parley, words])
    try #require(bench.status == 0, "\(bench.everything)")
    return try JSONDecoder().decode(Run.self, from: Data(bench.output.utf8))
  }

  /// Clears the screen, sets the title, draws over the line, in 7 and 8 bits, and turns the text around.
  private static let harm: [UInt8] =
    Array("\u{1B}[2J\u{1B}]0;owned\u{7}\rfake\u{8}\u{9B}31m\u{202E}\u{7F}\0".utf8) + [0x9B, 0x32, 0x4A, 0xFF]

  @Test("no octet that acts on a terminal is printed, wherever it comes", arguments: 0..<5)
  func terminal(place: Int) throws {
    let end = Array("\r\n".utf8)
    let answers: [[UInt8]] = ["220 hi ", "250-hi\r\n250 HELP ", "250 ok ", "550 no "].map {
      Array($0.utf8) + Self.harm + end
    }
    let refusal = Array("550 no ".utf8) + Self.harm + end
    let run = try send(
      place == 4 ? [Self.harm + end] : answers[..<place] + [refusal, refusal, Array("221 bye\r\n".utf8)])
    #expect(run.status != 0)
    #expect(run.text.contains("error [\(place == 4 ? "proto.not_smtp" : "smtp.550")]"))
    #expect(run.text.contains("\\x1B[2J\\x1B]0;owned\\x07\\rfake"))
    #expect(!run.printed.contains { ($0 < 0x20 && $0 != 0x0A) || $0 == 0x7F })
    let scalars = try #require(String(validating: run.printed, as: UTF8.self)).unicodeScalars
    #expect(!scalars.contains { (0x80..<0xA0).contains($0.value) || $0 == "\u{202E}" })
    #expect(run.recorded == run.said)
  }

  @Test(
    "what has no end is cut: little memory, an exact beginning, and a name for it",
    arguments: [
      ("*" + String(repeating: "A", count: 65_536), "proto.line_too_long"),
      ("*" + String(repeating: "220-hello\r\n", count: 6_000), "proto.reply_too_long"),
    ])
  func endless(greeting: String, name: String) throws {
    let usual = try send(["220 hi\r\n", "250 hi\r\n", "550 no\r\n", "221 bye\r\n"])
    let run = try send([greeting])
    #expect(run.status == 76)
    #expect(run.text.contains("error [\(name)]"))
    #expect(run.memory < usual.memory + 16_384, "\(run.memory) KiB, \(usual.memory) KiB otherwise")
    #expect(run.recorded.count >= 65_536 && run.recorded.count <= 2 << 20)
    #expect(run.said.starts(with: run.recorded.prefix(run.said.count)))
  }

  @Test("an acceptance that comes too early is none")
  func acceptedEarly() throws {
    let run = try send(["220 hi\r\n", "250 hi\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n250 2.0.0 queued\r\n"])
    #expect(run.status == 76)
    #expect(run.text.contains("error [proto.unsolicited]") && run.text.contains("250 2.0.0 queued"))
    #expect(!run.text.contains("C: .\n"))
  }

  @Test("a port that speaks in clear, and one that waits for TLS, are told as that")
  func clearOrTLS() throws {
    let files = try TemporaryDirectory()
    let server = try MailServer.start(.reference)
    let options = ["--to", "b@example.org", "--from", "a@example.com", "--timeout", "2", "--silent"]
    let port = try #require(server.ports["smtps"])
    let clear = try Program.run(
      [Program.parley, "send", "--server", "localhost:\(server.port)", "--tls-on-connect"] + options,
      environment: ["HOME": files.path])
    #expect(clear.status == 76)
    #expect(clear.errors.contains("error [tls.not_tls]") && clear.errors.contains("220 "))
    let secure = try Program.run(
      [Program.parley, "send", "--server", "localhost:\(port)"] + options, environment: ["HOME": files.path])
    #expect(secure.status == 75)
    #expect(secure.errors.contains("error [timeout.banner]") && secure.errors.contains("TLS"))
  }
}
