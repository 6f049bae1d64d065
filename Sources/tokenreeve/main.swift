import Commands

await Tokenreeve.runProcess()
