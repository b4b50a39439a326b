import Foundation
import Testing

/// Recordings that keep a long message's hash and size instead of its text.
struct ElidedRecordingTests {
  private let files: TemporaryDirectory
  private let sink: ChildProcess
  private let port: String

  /// A server that accepts everything and keeps the octets of the last connection.
  private static let server = """
    import socket, sys
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    while True:
        client, _ = server.accept()
        with client, open(sys.argv[1], "wb", buffering=0) as log:
            rest, in_message = b"", False
            client.sendall(b"220 peer.example ESMTP\\r\\n")
            while octets := client.recv(1 << 20):
                log.write(octets)
                rest += octets
                if in_message and not rest.endswith(b"\\r\\n.\\r\\n"):
                    rest = rest[-4:]
                    continue
                if not rest.endswith(b"\\n"):
                    continue
                in_message = rest == b"DATA\\r\\n"
                client.sendall(b"354 go on\\r\\n" if in_message else b"250 2.0.0 Ok\\r\\n")
                rest = b""
    """

  init() throws {
    files = try TemporaryDirectory()
    let output = files.path + "/port"
    sink = try ChildProcess(
      ["python3", "-c", Self.server, files.path + "/received"], output: output, errors: output)
    let files = files
    try #require(eventually { files.text("port").hasSuffix("\n") }, "\(files.text("port"))")
    port = files.text("port").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A message of so many octets.
  private func message(_ count: Int) throws -> String {
    let line = String(repeating: "0123456789", count: 7) + ".\r\n"
    let text = "Subject: large\r\n\r\n" + String(repeating: line, count: count / line.utf8.count)
    return try files.write("message-\(count).eml", text)
  }

  private func arguments(_ command: String, _ message: String) throws -> [String] {
    let target = "smtp://127.0.0.1:\(port)"
    guard command == "run" else {
      return ["send", "--server", "127.0.0.1:\(port)", "--from", "a@example.com", "--to", "b@example.com"]
        + ["--data", "@" + message, "--silent"]
    }
    let script = try files.write(
      "talk.smtp", "C: EHLO a\nS: 250\nC: MAIL FROM:<>\nS: 250\nC: RCPT TO:<b@example.com>\nS: 250\n> message\n> quit\n"
    )
    return ["run", script, target, "--message", message]
  }

  /// The message's octets on the wire, the dot that ends it left out.
  private func received() throws -> Data {
    let octets = try Data(contentsOf: URL(fileURLWithPath: files.path + "/received"))
    let start = try #require(octets.range(of: Data("DATA\r\n".utf8)))
    let end = try #require(octets.range(of: Data("\r\n.\r\n".utf8), in: start.upperBound..<octets.count))
    return octets[start.upperBound..<(end.lowerBound + 2)]
  }

  /// Runs parley to its end and gives its peak memory in kilobytes.
  private func peak(_ arguments: [String]) throws -> Int {
    let report = files.path + "/peak"
    let run = try Program.run(["/usr/bin/time", "-q", "-f", "%M", "-o", report, Program.parley] + arguments)
    #expect(run.status == 0, "\(run.everything)")
    return try #require(Int(files.text("peak").trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  @Test(
    "of a long message the beginning, the hash and the size are recorded; a replay sends as many octets",
    arguments: ["send", "run"])
  func hash(command: String) throws {
    let recording = files.path + "/talk.smtp"
    let first = try Program.run(
      [Program.parley] + arguments(command, message(100_000)) + ["--record", recording, "--elide-data"])
    #expect(first.status == 0, "\(first.everything)")
    let sent = try received()
    let text = files.text("talk.smtp")
    #expect(text.utf8.count < 8_000)
    #expect(text.contains("C: Subject: large\n"))
    let event = try #require(text.firstMatch(of: /\* elided sha256=([0-9a-f]{64}) octets=([0-9]+)\n/))
    let count = try #require(Int(event.2))
    try Data(sent.suffix(count)).write(to: URL(fileURLWithPath: files.path + "/rest"))
    let sum = try Program.run(["sha256sum", files.path + "/rest"])
    #expect(sum.output.hasPrefix(event.1))
    #expect(sent.count - count <= 4_096 && sent.count - count > 4_000)

    let replay = try Program.run(
      [Program.parley, "replay", recording, "--record", files.path + "/again.smtp", "--elide-data"])
    #expect(replay.status == 0, "\(replay.everything)")
    #expect(try received().count == sent.count)
    #expect(files.text("again.smtp").contains(" octets=\(count)\n"))
  }

  @Test(
    "memory does not grow with the message, recorded whole or not", arguments: ["send", "run"],
    [[], ["--elide-data"]])
  func memory(command: String, options: [String]) throws {
    let sizes = [1_000, 24_000_000]
    let peaks = try sizes.map { size in
      try peak(arguments(command, message(size)) + ["--record", files.path + "/talk.smtp"] + options)
    }
    #expect(peaks[1] - peaks[0] < 8_000, "\(peaks) kB")
  }
}
