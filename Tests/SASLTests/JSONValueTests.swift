import SASL
import Testing

@Suite("JSON of OAuth")
struct JSONValueTests {
  @Test("every kind of value")
  func kinds() throws {
    let value = try #require(
      JSONValue(Array(" {\"a\":[1,-2.5e3,true,false,null],\"b\":\"x\\u00e9\\n\\ud83d\\ude00\\\"\", \"c\":{}} ".utf8)))
    #expect(value["a"]?.line == "1 -2.5e3 true false null")
    #expect(value["b"]?.text == "xé\n😀\"")
    #expect(value["c"] == .object([]))
    #expect(value["d"] == nil)
  }

  @Test(
    "what is none, whole or cut off",
    arguments: [
      "", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "[1", "[1,", "\"x", "\"\\", "\"\\u12", "\"\\ud800\"",
      "tru", "{} {}", "-", "{1:2}", "\"\\q\"", "\"\n\"",
    ])
  func malformed(text: String) {
    #expect(JSONValue(Array(text.utf8)) == nil)
  }

  @Test("nesting has an end")
  func deep() {
    #expect(JSONValue(Array((String(repeating: "[", count: 100_000)).utf8)) == nil)
    #expect(JSONValue(Array((String(repeating: "[", count: 20) + String(repeating: "]", count: 20)).utf8)) != nil)
  }
}
