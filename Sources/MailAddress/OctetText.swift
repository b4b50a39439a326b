/// Text written octet by octet into an array that the caller uses again.
extension [UInt8] {
  /// Appends text known when the program is built.
  mutating func append(literal: StaticString) {
    append(literal.utf8Start, literal.utf8CodeUnitCount)
  }

  /// Appends part of other octets.
  mutating func append(_ octets: Span<UInt8>, _ range: Range<Int>) {
    octets.extracting(range).withUnsafeBufferPointer { if let start = $0.baseAddress { append(start, $0.count) } }
  }

  @inline(__always)
  private mutating func append(_ start: UnsafePointer<UInt8>, _ count: Int) {
    append(addingCapacity: count) { span in
      span.withUnsafeMutableBufferPointer { buffer, initialized in
        buffer.baseAddress!.update(from: start, count: count)
        initialized = count
      }
    }
  }

  /// Appends a number of zero or more.
  mutating func append(decimal number: Int) {
    guard number >= 10 else { return append(UInt8(truncatingIfNeeded: 48 + Swift.max(number, 0))) }
    append(decimal: number / 10)
    append(UInt8(truncatingIfNeeded: 48 + number % 10))
  }

  /// Appends a number in capital hexadecimal digits, at least so many.
  mutating func append(hexadecimal number: UInt32, digits: Int) {
    var shift = 28
    while shift > 0, number >> UInt32(shift) == 0, shift >= digits * 4 { shift -= 4 }
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: number >> UInt32(shift) & 15)
      append(digit < 10 ? 48 + digit : 55 + digit)
      shift -= 4
    }
  }

  /// Whether these are the same octets.
  func isEqual(to octets: Span<UInt8>) -> Bool {
    octets.withUnsafeBufferPointer { $0.count == count && elementsEqual($0) }
  }
}
