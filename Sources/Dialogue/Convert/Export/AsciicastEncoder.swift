import SMTPWire

/// Writes a dialogue as an asciicast (version 2), which plays its lines at their times.
enum AsciicastEncoder {
  static func encode(_ dialogue: Dialogue, _ options: ExportOptions) -> DialogueExport {
    var octets = Array("{\"version\":2,\"width\":100,\"height\":30,\"title\":".utf8)
    DialogueJSON.string(Array((options.title ?? dialogue.target ?? "SMTP session").utf8), into: &octets)
    octets += Array(",\"env\":{\"TERM\":\"xterm-256color\"}}\n".utf8)
    let hasTimes = dialogue.lines.contains { ($0.time ?? .zero) > .zero }
    var time = Duration.zero
    for line in dialogue.lines where line.kind != .blank {
      // Without times of its own a dialogue goes on by five lines a second.
      time = hasTimes ? max(time, line.time ?? time) : time + .milliseconds(200)
      append(line, time, to: &octets)
    }
    return DialogueExport(octets)
  }

  private static func append(_ line: DialogueLine, _ time: Duration, to octets: inout [UInt8]) {
    let text = line.written.drop { $0.isASCIIDigit || $0 == UInt8(ascii: ".") || $0.isASCIIBlank }
    let plain = text.filter { $0 != UInt8(ascii: "\\") }
    let shown = OctetText.escape(plain) == plain ? text.text : OctetText.readable(text)
    let (begin, end) = colour(of: line)
    octets += Array("[\(SessionSummary.seconds(time)), \"o\", ".utf8)
    DialogueJSON.string(Array((begin + shown + end + "\r\n").utf8), into: &octets)
    octets += Array("]\n".utf8)
  }

  private static func colour(of line: DialogueLine) -> (String, String) {
    switch line.kind {
    case .client: ("\u{1B}[36m", "\u{1B}[0m")
    case .server where ReplyCode(octets: line.text.prefix(3))?.isFailure == true: ("\u{1B}[31m", "\u{1B}[0m")
    case .event, .step, .pattern: ("\u{1B}[33m", "\u{1B}[0m")
    case .note, .blank, .unknown: ("\u{1B}[2m", "\u{1B}[0m")
    case .server: ("", "")
    }
  }
}
