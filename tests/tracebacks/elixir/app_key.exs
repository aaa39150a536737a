Postbox.send(%{to: "ann"})
