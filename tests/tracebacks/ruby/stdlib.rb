require "json"
JSON.parse('{"to": ')
