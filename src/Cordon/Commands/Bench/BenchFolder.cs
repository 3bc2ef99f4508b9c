namespace Cordon.Commands.Bench;

/// <summary>A folder for measuring a disk, gone again afterwards.</summary>
internal static class BenchFolder
{
    /// <summary>Makes one in a folder, or among the system's temporary ones, and removes it when the work has ended.</summary>
    public static async Task<T> UseAsync<T>(DirectoryInfo? within, Func<string, Task<T>> work)
    {
        if (within is { Exists: false }) throw new CommandFault($"There is no folder {within.FullName}.", Exit.Usage);
        var folder = within is null
            ? Directory.CreateTempSubdirectory("cordon-bench-")
            : Directory.CreateDirectory(Path.Combine(within.FullName, $"cordon-bench-{Environment.ProcessId}"));
        try
        {
            return await work(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
