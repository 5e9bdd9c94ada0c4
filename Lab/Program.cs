using TinyResilient.Lab.Commands;

return await Tiny.RunAsync(args);
