module Mail
  class Box
    class << self
      def open(n) = raise(ArgumentError, "box (#{n}) is shut (really)")
    end
  end
end
Mail::Box.open(3)
