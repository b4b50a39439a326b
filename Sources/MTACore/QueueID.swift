/// The name of a message in the queue, in its short form: five hexadecimal digits of the microseconds, then a number that
/// no other message has at the same time.
package struct QueueID: Hashable, Sendable, CustomStringConvertible {
  /// The id in upper case.
  package let description: String

  /// Makes an id.
  ///
  /// - Parameters:
  ///   - microseconds: The fraction of the second, 0 to 999,999.
  ///   - number: What makes it unique, as an inode number does for Postfix.
  package init(microseconds: Int, number: UInt64) {
    let fraction = String(microseconds % 1_000_000, radix: 16, uppercase: true)
    let head = String(repeating: "0", count: max(0, 5 - fraction.count)) + fraction
    description = head + String(number, radix: 16, uppercase: true)
  }
}
