<?php
namespace Mail\Transport;
class SendError extends \Error {}
function dial() { throw new SendError("SQLSTATE[HY000] [2002]: Connection refused in pool: main"); }
dial();
