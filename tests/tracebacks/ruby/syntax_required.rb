require_relative "broken"
