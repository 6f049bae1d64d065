enum BuiltInFiles {}
