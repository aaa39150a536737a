<?php
function a() { throw new LogicException("one"); }
function b() { try { a(); } catch (Exception $e) { throw new RuntimeException("two", 0, $e); } }
function c() { try { b(); } catch (Exception $e) { throw new DomainException("three", 0, $e); } }
c();
