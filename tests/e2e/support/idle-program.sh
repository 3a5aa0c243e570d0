#!/bin/sh
# Stands for Electron where a test needs no window.
exec sleep 600
