import Testing

@testable import Workbench

struct KeyTableTests {
  @Test("no key has two meanings in one place")
  func unique() {
    for place in KeyPlace.allCases {
      let keys = KeyTable.bindings.filter { $0.place == place }.flatMap(\.keys)
      #expect(Set(keys).count == keys.count, "\(place)")
      let first = Set(keys.filter { $0.count == 2 }.map { $0[0] })
      #expect(keys.allSatisfy { $0.count == 2 || !first.contains($0[0]) }, "\(place)")
    }
  }

  @Test("keys that are other keys' octets, or that terminals take away, are not used")
  func avoided() {
    let strokes = KeyTable.bindings.flatMap(\.keys).flatMap { $0 }
    for letter: Unicode.Scalar in ["H", "I", "M", "[", "S", "Q"] { #expect(!strokes.contains(.control(letter))) }
    #expect(!strokes.contains(KeyStroke(.function(10))))
    #expect(!strokes.contains(KeyStroke(.function(11))))
  }

  @Test("every verb has its words")
  func summaries() {
    for verb in Verb.allCases { #expect(VerbTable.summaries[verb] != nil, "\(verb)") }
  }

  @Test("a verb is found in the first place that binds the key")
  func lookup() {
    #expect(KeyTable.verb(for: [KeyStroke(.enter)], in: [.input, .everywhere]) == .send)
    #expect(KeyTable.verb(for: [KeyStroke(.enter)], in: [.browse, .everywhere]) == .openLine)
    #expect(KeyTable.verb(for: [.control("X"), .control("E")], in: [.input]) == .editor)
    #expect(KeyTable.isPrefix(.control("X"), in: [.input]))
    #expect(!KeyTable.isPrefix(.control("X"), in: [.browse]))
  }
}
