/// How a terminal shows a scalar that stands alone.
package enum ScalarWidth: UInt32, Sendable {
  /// Not at all, or not reliably: a control, a format, a private or an unassigned scalar.
  case inert
  /// In one column.
  case narrow
  /// In two columns.
  case wide
  /// On the glyph before it.
  case mark

  /// The width class of a scalar, from the generated table.
  package static func of(_ scalar: Unicode.Scalar) -> ScalarWidth {
    let value = scalar.value
    if value >= 0x20, value < 0x7F { return .narrow }
    var low = 0
    var high = scalarWidthTable.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if scalarWidthTable[middle] >> 2 <= value { low = middle } else { high = middle - 1 }
    }
    return ScalarWidth(rawValue: scalarWidthTable[low] & 3) ?? .inert
  }
}
