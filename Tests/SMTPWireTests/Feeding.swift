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

  /// Octets, mostly of some letters that matter.
  mutating func octets(upTo count: Int, of letters: String) -> [UInt8] {
    let letters = Array(letters.utf8)
    return (0..<Int.random(in: 0...count, using: &self)).map { _ in
      Int.random(in: 0...9, using: &self) == 0
        ? UInt8.random(in: 0...255, using: &self) : letters[Int.random(in: 0..<letters.count, using: &self)]
    }
  }
}

/// The bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// All ways to feed octets that a byte eater must take alike: whole, byte by byte, and cut in two at every place.
func feedings(of octets: [UInt8]) -> [[[UInt8]]] {
  [[octets], octets.map { [$0] }] + octets.indices.map { [Array(octets[..<$0]), Array(octets[$0...])] }
}
