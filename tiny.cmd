@echo off
rem tiny: the command of TinyResilient, from any folder. tiny --help
dotnet run --project "%~dp0Lab" -- %*
