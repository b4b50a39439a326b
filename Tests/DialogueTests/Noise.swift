import Dialogue
import SMTPWire

/// A generator of the same numbers each time (SplitMix64), so that a failing case can be found again.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// Octets and events that nobody would send, spelled with the letters that mean something in a dialogue file.
enum Noise {
  static let letters: [UInt8] =
    Array("CS:*#>~ \\nrt0xz$${auth.plain}250-. é\u{200B}\u{202E}\u{301}".utf8) + [0, 9, 10, 13, 27, 0x7F, 0xFF, 0xC3]

  static func octets(upTo count: Int, _ numbers: inout SeededNumbers) -> [UInt8] {
    (0..<Int.random(in: 0...count, using: &numbers)).map { _ in
      Bool.random(using: &numbers)
        ? letters.randomElement(using: &numbers)! : UInt8.random(in: 0...255, using: &numbers)
    }
  }

  static func event(_ numbers: inout SeededNumbers) -> TimedEvent {
    let time = Duration.milliseconds(Int.random(in: 0...5_000_000, using: &numbers))
    switch Int.random(in: 0...4, using: &numbers) {
    case 0: return TimedEvent(time, .sent(OutgoingLine(octets(upTo: 40, &numbers), ending: ending(&numbers))))
    case 1: return TimedEvent(time, .sent(secretLine(&numbers)))
    case 2: return TimedEvent(time, .received(WireLine(octets(upTo: 40, &numbers), ending: ending(&numbers))))
    case 3: return TimedEvent(time, .event(.injected(octets(upTo: 20, &numbers))))
    default: return TimedEvent(time, .note(String(decoding: octets(upTo: 20, &numbers), as: UTF8.self)))
    }
  }

  private static func secretLine(_ numbers: inout SeededNumbers) -> OutgoingLine {
    // The reader knows the name of a secret and not its octets, hence none here.
    OutgoingLine(
      [.octets(Array("AUTH PLAIN ".utf8)), .secret(Secret(name: "auth.plain", octets: []))], ending: ending(&numbers))
  }

  private static func ending(_ numbers: inout SeededNumbers) -> WireLine.Ending {
    [WireLine.Ending.crlf, .bareLF, .none].randomElement(using: &numbers)!
  }
}

/// The bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The dialogue of a text that has nothing wrong with it.
func dialogue(_ text: String) -> Dialogue { DialogueReader.read(bytes(text)).dialogue }
