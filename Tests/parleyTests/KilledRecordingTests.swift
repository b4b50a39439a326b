import Foundation
import Testing

/// Recordings whose program was killed in the middle of a session.
struct KilledRecordingTests {
  private static let rounds = 50

  /// A server that accepts everything and writes each line at once to a file of its own for each connection.
  private static let peer = """
    import socket, sys
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    number = 0
    while True:
        client, _ = server.accept()
        received, in_message = b"", False
        with open(sys.argv[1] + "/received-%d" % number, "wb", buffering=0) as log:
            try:
                client.sendall(b"220 peer.example ESMTP\\r\\n")
                while octets := client.recv(65536):
                    *lines, received = (received + octets).split(b"\\r\\n")
                    for line in lines:
                        log.write(line + b"\\n")
                        if in_message and line != b".":
                            continue
                        if line == b"DATA":
                            in_message = True
                            client.sendall(b"354 go on\\r\\n")
                        else:
                            in_message = False
                            client.sendall(b"250 2.0.0 Ok\\r\\n")
            except OSError:
                pass
        open(sys.argv[1] + "/done-%d" % number, "w").close()
        number += 1
    """

  /// Numbered commands and messages, more than a round has time for.
  private static let script: String = {
    let blocks = (0..<120).map { block in
      let commands = (0..<20).map { "C: NOOP \(block)-\($0)\nS: 250\n" }.joined()
      let message = (0..<20).map { "C: line \(block)-\($0)\n" }.joined()
      return commands + "C: DATA\nS: 354\n" + message + "C: .\nS: 250\n"
    }
    return "S: 220\n" + blocks.joined()
  }()

  @Test("whatever the moment of the kill, the recording opens and lacks at most the last line that was received")
  func killed() throws {
    let files = try TemporaryDirectory()
    let peer = try ChildProcess(
      ["python3", "-c", Self.peer, files.path], output: files.path + "/port", errors: files.path + "/port")
    defer { peer.terminate() }
    try #require(eventually { files.text("port").hasSuffix("\n") })
    let port = files.text("port").trimmingCharacters(in: .whitespacesAndNewlines)
    let script = try files.write("talk.smtp", Self.script)
    var random = SeededGenerator(seed: 20_260_321)
    var greatest = 0
    for round in 0..<Self.rounds {
      let recording = files.path + "/recording-\(round).smtp"
      let child = try ChildProcess(
        [Program.parley, "run", script, "smtp://127.0.0.1:\(port)", "--record", recording],
        output: files.path + "/output", errors: files.path + "/output")
      try #require(eventually { exists("received-\(round)", files) }, "\(files.text("output"))")
      #expect(child.wait(limit: Double.random(in: 0...0.15, using: &random)) == 128 + SIGKILL)
      #expect(eventually { exists("done-\(round)", files) })
      let received = files.text("received-\(round)").split(separator: "\n", omittingEmptySubsequences: false)
      let kept = try lines(recording, round)
      // Behind the last line end there is nothing; the line before it may be lacking.
      #expect(kept.starts(with: received.dropLast(2).map(String.init)), "round \(round)")
      greatest = max(greatest, received.count)
    }
    #expect(greatest > 40, "no kill fell far into a session")
  }

  private func exists(_ name: String, _ files: TemporaryDirectory) -> Bool {
    FileManager.default.fileExists(atPath: files.path + "/" + name)
  }

  /// The client's lines of a recording, read by the program.
  private func lines(_ recording: String, _ round: Int) throws -> [String] {
    let json = try Program.run([Program.parley, "convert", recording, "--to", "json"])
    #expect(json.status == 0, "round \(round): \(json.errors)")
    return try json.output.split(separator: "\n").compactMap { line in
      let event = try JSONDecoder().decode(RecordedEvent.self, from: Data(line.utf8))
      return event.kind == "client" ? event.text : nil
    }
  }
}

private struct RecordedEvent: Decodable {
  let kind: String
  let text: String?
}

/// Random numbers that are the same in each run (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
