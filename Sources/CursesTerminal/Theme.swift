@preconcurrency import CNcurses
import Workbench

/// The look of each role on each layer: attributes and a pair of colours.
@UI final class Theme {
  /// How many colours there are to choose from.
  enum Palette {
    case mono
    case basic
    case large
  }

  struct Look {
    var attributes: attr_t
    var pair: Int32
  }

  let palette: Palette
  private var looks: [Look] = []

  init(palette: Palette) {
    self.palette = palette
    for layer in Layer.allCases {
      for role in Role.allCases { looks.append(make(role, layer)) }
    }
  }

  func look(_ role: Role, _ layer: Layer) -> Look {
    looks[Int(layer.rawValue) * Role.allCases.count + Int(role.rawValue)]
  }

  private func make(_ role: Role, _ layer: Layer) -> Look {
    var attributes = Self.attributes(role)
    guard palette != .mono else {
      if layer == .bar || layer == .selection { attributes |= SH_A_REVERSE }
      return Look(attributes: attributes, pair: 0)
    }
    let foreground = palette == .large ? Self.large(role) : Self.basic(role)
    let background = palette == .large ? Self.largeBackground(layer) : Self.basicBackground(layer)
    // Grey on grey cannot be read where there are only eight colours.
    if palette == .basic, background >= 0 { attributes &= ~SH_A_DIM }
    if palette == .basic, layer == .selection { attributes |= SH_A_REVERSE }
    let pair = alloc_pair(foreground, background)
    return Look(attributes: attributes, pair: max(0, pair))
  }

  private static func attributes(_ role: Role) -> attr_t {
    switch role {
    case .strong, .key, .focusRule, .live, .reference, .replay: SH_A_BOLD
    case .permanentFailure: SH_A_BOLD
    case .dim, .rule, .ghost: SH_A_DIM
    case .raw: SH_A_REVERSE
    case .fault: SH_A_UNDERLINE | SH_A_BOLD
    case .secret: SH_A_ITALIC
    default: 0
    }
  }

  private static func large(_ role: Role) -> Int32 {
    switch role {
    case .normal, .strong: -1
    case .dim, .ghost: 245
    case .sent: 75
    case .completion: 77
    case .intermediate: 80
    case .transientFailure, .warning: 214
    case .permanentFailure, .fault: 203
    case .event: 141
    case .secret: 176
    case .raw: 209
    case .key: 117
    case .live: 203
    case .reference: 77
    case .replay: 75
    case .rule: 240
    case .focusRule: 252
    }
  }

  private static func basic(_ role: Role) -> Int32 {
    switch role {
    case .sent, .key, .replay: COLOR_CYAN
    case .completion, .intermediate, .reference: COLOR_GREEN
    case .transientFailure, .warning, .raw: COLOR_YELLOW
    case .permanentFailure, .fault, .live: COLOR_RED
    case .event, .secret: COLOR_MAGENTA
    default: -1
    }
  }

  private static func largeBackground(_ layer: Layer) -> Int32 {
    switch layer {
    case .screen, .input: -1
    case .bar: 236
    case .selection: 238
    case .overlay: 234
    }
  }

  private static func basicBackground(_ layer: Layer) -> Int32 {
    layer == .bar ? COLOR_BLUE : -1
  }
}
