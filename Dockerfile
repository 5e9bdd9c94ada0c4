# One file for all images of docker-compose.yml; each is a target at the end.
# Projects and lock files come before sources: packages are restored again only when one of those changes.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS sdk
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig BannedSymbols.txt ./

FROM sdk AS services
COPY Shared.Messages/*.csproj Shared.Messages/packages.lock.json Shared.Messages/
COPY Shared.Hosting/*.csproj Shared.Hosting/packages.lock.json Shared.Hosting/
COPY ServiceA/*.csproj ServiceA/packages.lock.json ServiceA/
COPY ServiceB/*.csproj ServiceB/packages.lock.json ServiceB/
RUN dotnet restore ServiceA --locked-mode && dotnet restore ServiceB --locked-mode
COPY Shared.Messages Shared.Messages
COPY Shared.Hosting Shared.Hosting
RUN dotnet build Shared.Hosting --configuration Release --no-restore

FROM services AS publish-service-a
COPY ServiceA ServiceA
RUN dotnet publish ServiceA --no-restore --output /app -p:UseAppHost=false

FROM services AS publish-service-b
COPY ServiceB ServiceB
RUN dotnet publish ServiceB --no-restore --output /app -p:UseAppHost=false

FROM sdk AS publish-loadtest
COPY LoadTest/*.csproj LoadTest/packages.lock.json LoadTest/
RUN dotnet restore LoadTest --locked-mode
COPY Shared.Hosting/Http/NoAnswer.cs Shared.Hosting/Http/
COPY LoadTest LoadTest
RUN dotnet publish LoadTest --no-restore --output /app -p:UseAppHost=false

FROM services AS publish-lab
COPY LoadTest/*.csproj LoadTest/packages.lock.json LoadTest/
COPY Lab/*.csproj Lab/packages.lock.json Lab/
RUN dotnet restore Lab --locked-mode
COPY ServiceA ServiceA
COPY ServiceB ServiceB
COPY LoadTest LoadTest
COPY Lab Lab
RUN dotnet publish Lab --no-restore --output /app -p:UseAppHost=false

# Chiseled: no shell, no package manager. EnableDiagnostics=0, because the runtime would put a debugger's socket
# into /tmp, and the root file system is read-only. gcServer=0, because a heap per core costs more memory than these
# services need.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS service
WORKDIR /app
ENV DOTNET_EnableDiagnostics=0 DOTNET_gcServer=0
USER $APP_UID

FROM service AS service-a
COPY --from=publish-service-a /app .
EXPOSE 8000
ENTRYPOINT ["dotnet", "ServiceA.dll"]

FROM service AS service-b
COPY --from=publish-service-b /app .
EXPOSE 8001
ENTRYPOINT ["dotnet", "ServiceB.dll"]

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled AS loadtest
WORKDIR /app
ENV DOTNET_EnableDiagnostics=0
USER $APP_UID
COPY --from=publish-loadtest /app .
ENTRYPOINT ["dotnet", "LoadTest.dll"]

FROM service AS lab
COPY --from=publish-lab /app .
EXPOSE 8080
ENTRYPOINT ["dotnet", "Lab.dll"]
