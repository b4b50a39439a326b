/// A dialogue in another form.
package struct DialogueExport: Hashable, Sendable {
  /// The whole file.
  package var octets: [UInt8]
  /// What the form cannot say, as sentences that are safe on a terminal. A command has them as comments too.
  package var notes: [String]

  /// Makes an export.
  package init(_ octets: [UInt8], notes: [String] = []) {
    self.octets = octets
    self.notes = notes
  }

  /// Whether there was nothing to write.
  package var isEmpty: Bool { octets.isEmpty }
}
