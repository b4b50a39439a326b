/// The digest MD4 (RFC 1320), which nothing but NTLM uses and OpenSSL has put away.
enum MD4 {
  /// The 16 octets of the digest.
  static func hash(_ octets: [UInt8]) -> [UInt8] {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
    let padded = octets + [0x80] + [UInt8](repeating: 0, count: (119 - octets.count % 64) % 64)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: (UInt64(octets.count) * 8) >> (8 * UInt64($0))) }
    let message = padded + length
    for start in stride(from: 0, to: message.count, by: 64) {
      let words = (0..<16).map { word in
        (0..<4).reduce(UInt32(0)) { $0 | UInt32(message[start + word * 4 + $1]) << (8 * UInt32($1)) }
      }
      mix(&state, words)
    }
    return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
  }

  private static let orders: [[Int]] = [
    Array(0..<16),
    [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  ]
  private static let shifts: [[UInt32]] = [[3, 7, 11, 19], [3, 5, 9, 13], [3, 9, 11, 15]]
  private static let constants: [UInt32] = [0, 0x5A82_7999, 0x6ED9_EBA1]

  private static func mix(_ state: inout [UInt32], _ words: [UInt32]) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    for round in 0..<3 {
      for step in 0..<16 {
        let mixed =
          switch round {
          case 0: b & c | ~b & d
          case 1: b & c | b & d | c & d
          default: b ^ c ^ d
          }
        let sum = a &+ mixed &+ words[orders[round][step]] &+ constants[round]
        let shift = shifts[round][step % 4]
        (a, b, c, d) = (d, sum << shift | sum >> (32 - shift), b, c)
      }
    }
    state = [state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d]
  }
}
