import Dialogue
import Foundation
import SMTPClient
import SMTPWire
import Sessions
import Testing

@Suite("Recording to a file")
struct DialogueRecorderTests {
  private func path() -> String { FileManager.default.temporaryDirectory.path + "/parley-\(UUID().uuidString).smtp" }

  @Test("events are in the file as soon as they were told, and the file is nobody else's to read")
  func appends() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recorder = try DialogueRecorder(path: path, target: "smtp://h:25", clock: "2026-11-22T19:34:05.123Z")
    recorder.record([TimedEvent(.milliseconds(26), .received(WireLine("220 h")))])
    let secret = OutgoingLine([
      .octets(Array("AUTH PLAIN ".utf8)), .secret(Secret(name: "auth.plain", octets: Array("AGFs".utf8))),
    ])
    recorder.record([TimedEvent(.milliseconds(27), .sent(secret))])
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasSuffix("0.026 S: 220 h\n0.027 C: AUTH PLAIN ${auth.plain}\n"))
    #expect(!text.contains("AGFs"))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(recorder.failure == nil)
  }

  @Test("a file that cannot be made is told before anything is sent")
  func unwritable() {
    #expect(throws: RecordingFailure.self) {
      try DialogueRecorder(path: "/nonexistent/x.smtp", target: "smtp://h:25", clock: "")
    }
  }

  @Test("a pipe that nobody reads is told at once, and is no message to read twice")
  func pipe() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try #require(mkfifo(path, 0o600) == 0)
    #expect(throws: RecordingFailure.self) { try DialogueRecorder(path: path, target: "smtp://h:25", clock: "") }
    #expect(!MessageSource.isFile(path) && !MessageSource.isFile(path + ".none"))
  }

  @Test("a link that others can change is not followed, one's own is")
  func links() throws {
    let folder = path()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let link = folder + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder + "/file")
    #expect(throws: Never.self) { try DialogueRecorder(path: link, target: "smtp://h:25", clock: "") }
    try #require(chmod(folder, 0o777) == 0)
    let failure = #expect(throws: RecordingFailure.self) {
      try DialogueRecorder(path: link, target: "smtp://h:25", clock: "")
    }
    #expect(failure?.words.contains("a symbolic link that others can change") == true)
  }

  @Test("a disk that is full is told afterwards")
  func full() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    #expect(throws: RecordingFailure.self) { try DialogueRecorder(path: "/dev/full", target: "smtp://h:25", clock: "") }
  }
}
