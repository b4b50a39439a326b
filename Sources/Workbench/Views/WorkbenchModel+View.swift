extension WorkbenchModel {
  /// The screen of a number of columns and rows. It depends on nothing but the model and the size.
  package func view(width: Int, height: Int) -> CellGrid {
    var grid = CellGrid(width: width, height: height)
    let layout = Layout(width: grid.width, height: grid.height)
    guard layout.sizeClass != .tiny else {
      grid.put("\(width)×\(height) is too small", row: 0, column: 0)
      grid.put("need \(Layout.smallest.width)×\(Layout.smallest.height)", row: 1, column: 0)
      return grid
    }
    switch screen {
    case .start: StartView.draw(self, layout, on: &grid)
    case .session: SessionView.draw(self, layout, on: &grid)
    case .replay: ReplayView.draw(self, layout, on: &grid)
    case .address: AddressView.draw(self, layout, on: &grid)
    case .auth: AuthView.draw(self, layout, on: &grid)
    case .tls: TLSView.draw(self, layout, on: &grid)
    case .log: LogView.draw(self, layout, on: &grid)
    }
    HintView.draw(self, layout, on: &grid)
    for overlay in overlays { draw(overlay, layout, on: &grid) }
    return grid
  }

  private func draw(_ overlay: Overlay, _ layout: Layout, on grid: inout CellGrid) {
    switch overlay {
    case .help(let help): HelpView.draw(help, self, layout, on: &grid)
    case .palette(let palette): PaletteView.draw(palette, self, layout, on: &grid)
    case .confirm(let question): QuestionView.draw(question, self, layout, on: &grid)
    case .credentials(let prompt): CredentialsView.draw(prompt, isReplay: screen == .replay, layout, on: &grid)
    case .prompt(let prompt): PromptView.draw(prompt, layout, on: &grid)
    case .detail(let number, let scroll): DetailView.draw(number, scroll, self, layout, on: &grid)
    case .composer: ComposerView.draw(self, layout, on: &grid)
    }
  }
}
