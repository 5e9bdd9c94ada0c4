@echo off
rem tiny: the command of TinyResilient, from any folder. tiny --help
setlocal
rem What acts on a running lab uses the program that the lab was started from: seconds sooner than a build.
set "built=%~dp0Lab\bin\Debug\net10.0\Lab.dll"
for %%c in (set preset reset break kill pause resume load compare talk rehearse) do if "%~1"=="%%c" if exist "%built%" goto built
dotnet run --project "%~dp0Lab" -- %*
exit /b %errorlevel%
:built
dotnet "%built%" %*
exit /b %errorlevel%
