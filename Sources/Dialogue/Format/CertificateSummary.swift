/// What a certificate says, as the event `certificate` tells it. All of it was chosen by whoever made the certificate.
package struct CertificateSummary: Hashable, Sendable {
  /// Whose certificate it is.
  package var subject: String
  /// Who signed it.
  package var issuer: String
  /// The names that it is good for, with commas.
  package var names: String
  /// Until when it is good (RFC 3339).
  package var until: String
  /// Kind and size of the key, such as `RSA 2048`.
  package var key: String

  /// Makes a summary; a part that is not known is empty.
  package init(subject: String = "", issuer: String = "", names: String = "", until: String = "", key: String = "") {
    (self.subject, self.issuer, self.names, self.until, self.key) = (subject, issuer, names, until, key)
  }

  /// Reads `subject=… issuer=… names=… until=… key=…`; a part that is missing is empty, and what stands before the first
  /// part is passed over. `expires=` is an older name of `until=`.
  init(_ text: Substring) {
    self.init()
    var rest = text
    while let (field, start) = Self.nextField(in: rest) {
      var value = rest[start...]
      if value.first == "\"", let (unquoted, end) = Self.unquoted(value) {
        set(field, unquoted)
        rest = rest[end...]
      } else {
        let next = Self.nextField(in: value, behindBlank: true)
        value = value[..<(next?.before ?? value.endIndex)]
        set(field, String(value))
        rest = rest[value.endIndex...]
      }
    }
  }

  /// The words of the event.
  var text: String {
    let parts = [("subject", subject), ("issuer", issuer), ("names", names), ("until", until), ("key", key)]
    return parts.filter { !$0.1.isEmpty }.map { "\($0.0)=\(Self.quoted($0.1))" }.joined(separator: " ")
  }

  /// The fields in words, for a comparison.
  package var fields: [(name: String, value: String)] {
    [("subject", subject), ("issuer", issuer), ("names", names), ("until", until), ("key", key)].filter {
      !$0.value.isEmpty
    }
  }

  private mutating func set(_ field: Substring, _ value: String) {
    switch field {
    case "subject" where subject.isEmpty: subject = value
    case "issuer" where issuer.isEmpty: issuer = value
    case "names" where names.isEmpty: names = value
    case "until" where until.isEmpty, "expires" where until.isEmpty: until = value
    case "key" where key.isEmpty: key = value
    default: break
    }
  }

  private static let fieldNames: Set<Substring> = ["subject", "issuer", "names", "until", "expires", "key"]

  private typealias Field = (name: Substring, start: Substring.Index)

  /// The next word that names a field, and where its value begins.
  private static func nextField(in text: Substring) -> Field? {
    nextField(in: text, behindBlank: false).map { ($0.name, $0.start) }
  }

  /// The next word that names a field, where its value begins, and the blank before it.
  private static func nextField(
    in text: Substring, behindBlank: Bool
  ) -> (name: Substring, start: Substring.Index, before: Substring.Index)? {
    var index = text.startIndex
    var isFirst = !behindBlank
    while index < text.endIndex {
      if isFirst || text[index] == " " {
        let begin = isFirst && text[index] != " " ? index : text.index(after: index)
        let word = text[begin...].prefix { $0 != "=" && $0 != " " }
        if fieldNames.contains(word), word.endIndex < text.endIndex, text[word.endIndex] == "=" {
          return (word, text.index(after: word.endIndex), index)
        }
      }
      isFirst = false
      index = text.index(after: index)
    }
    return nil
  }

  /// A value as it is, or in quotation marks where it could be taken for more than one field.
  private static func quoted(_ value: String) -> String {
    guard value.first == "\"" || nextField(in: value[...], behindBlank: true) != nil else { return value }
    return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// The value of a text that begins with a quotation mark, and where it ends; nil where no other mark ends it.
  private static func unquoted(_ text: Substring) -> (String, Substring.Index)? {
    var value = ""
    var index = text.index(after: text.startIndex)
    while index < text.endIndex {
      let character = text[index]
      index = text.index(after: index)
      if character == "\"" { return (value, index) }
      if character == "\\", index < text.endIndex {
        value.append(text[index])
        index = text.index(after: index)
      } else {
        value.append(character)
      }
    }
    return nil
  }
}
