import Dialogue
import SMTPWire
import Testing

@testable import Sessions

@Suite("A line that has not ended")
struct UnfinishedLineTests {
  /// What a recording holds after a line has come in these parts, and then ended so.
  private func recorded(
    _ octets: [UInt8], cuts: [Int], ending: WireLine.Ending = .crlf, between: TimedEvent? = nil
  ) -> [UInt8] {
    var buffer: [UInt8] = []
    var unfinished = UnfinishedLine()
    for cut in cuts { unfinished.grow(to: Array(octets[..<cut]), at: .milliseconds(40), into: &buffer) }
    for event in [between, TimedEvent(.milliseconds(90), .received(WireLine(octets, ending: ending)))] {
      guard let event, let left = unfinished.meet(event, into: &buffer) else { continue }
      DialogueWriter.write(left, into: &buffer)
    }
    return buffer
  }

  private func sent(by side: DialogueBytes.Side, in recording: [UInt8]) -> [UInt8] {
    DialogueBytes.sent(by: side, in: DialogueReader.read(recording).dialogue)
  }

  @Test("it is written as far as it has come, and ends in its place")
  func grows() {
    var buffer: [UInt8] = []
    var unfinished = UnfinishedLine()
    unfinished.grow(to: Array("25".utf8), at: .milliseconds(40), into: &buffer)
    #expect(buffer == Array("0.040 S: 25".utf8))
    unfinished.grow(to: Array("250 o".utf8), at: .milliseconds(50), into: &buffer)
    #expect(buffer == Array("0.040 S: 250 o".utf8))
    let whole = TimedEvent(.milliseconds(60), .received(WireLine("250 ok")))
    #expect(unfinished.meet(whole, into: &buffer) == nil)
    #expect(buffer == Array("0.040 S: 250 ok\n".utf8))
    #expect(unfinished.meet(whole, into: &buffer) == whole)
  }

  @Test("what is written meanwhile ends it, and the rest is a line of its own")
  func interrupted() {
    let between = TimedEvent(.milliseconds(70), .sent(OutgoingLine("NOOP")))
    let recording = recorded(Array("250 ok".utf8), cuts: [5], between: between)
    #expect(String(decoding: recording, as: UTF8.self) == "0.040 S: 250 o\\z\n0.070 C: NOOP\n0.090 S: k\n")
    #expect(sent(by: .server, in: recording) == Array("250 ok\r\n".utf8))
  }

  @Test("a line that never ends is marked as cut")
  func cut() {
    let recording = recorded(Array("250 o".utf8), cuts: [3, 5], ending: .none)
    #expect(recording == Array("0.040 S: 250 o\\z\n".utf8))
  }

  @Test("no octet is lost or changed, wherever the line is cut and however it ends")
  func everyCut() {
    let between = TimedEvent(.milliseconds(70), .note("x"))
    let lines = ["250 ok", "a\\z", "${auth.plain}$", "é\u{301}\u{301}\u{301}\u{202E}", "", "\0\t\u{1B}[2J \\", "\r\r"]
    for line in lines.map({ Array($0.utf8) }) + [[0xC3, 0xFF, 0x80, 0x80, 0x80, 0x80, 0x24, 0x7B]] {
      for ending in [WireLine.Ending.crlf, .bareLF, .none] where !line.isEmpty || ending != .none {
        for first in 0...line.count {
          for second in first...line.count {
            for event in [nil, between] {
              let recording = recorded(line, cuts: [first, second], ending: ending, between: event)
              #expect(sent(by: .server, in: recording) == line + ending.octets, "\(line) \(first) \(second)")
            }
          }
        }
      }
    }
  }

  @Test("a recording that ends within it holds what came and no line end")
  func killed() {
    var buffer = DialogueWriter.recordingHead(target: "smtp://h", clock: "2026-11-22T19:34:05.123Z")
    var unfinished = UnfinishedLine()
    unfinished.grow(to: Array("250-o".utf8), at: .milliseconds(40), into: &buffer)
    #expect(sent(by: .server, in: buffer) == Array("250-o".utf8))
  }
}
