<?php
namespace Mail;
class BoxException extends \RuntimeException {}
class Box {
    public function load(string $name): array {
        try {
            return json_decode('{"to":', true, 512, JSON_THROW_ON_ERROR);
        } catch (\JsonException $e) {
            throw new BoxException("box $name is damaged", 3, $e);
        }
    }
}
(new Box())->load("in");
