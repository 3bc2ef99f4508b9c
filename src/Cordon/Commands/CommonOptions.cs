using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Cordon.Commands;

/// <summary>Options that several commands share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "The folder where state lives.",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo(DataFolder.Default),
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON, and nothing else, to standard output." };

    public static Option<string?> Database() => new("--db")
    {
        Description = "A PostgreSQL connection string; without it casework is kept in SQLite inside the data folder.",
        HelpName = "CONNECTION",
    };

    public static Option<FileInfo?> TokenKey() => new("--token-key")
    {
        Description = $"The file with the keys that replace identity numbers; not inside the data folder. Default: {Gateways.Intake.TokenKeyFile.DefaultPath}.",
        HelpName = "FILE",
    };

    public static Option<Uri?> Server(string description) => new("--server")
    {
        Description = description,
        HelpName = "URL",
        CustomParser = ReadAddress,
    };

    /// <summary>Where a server answers.</summary>
    public static Option<Uri> Address(string description) => new("--address")
    {
        Description = description,
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080"),
        CustomParser = ReadAddress,
    };

    public static Option<string?> Key() => new("--key")
    {
        Description = "The member's API key for --server; better given in the environment as CORDON_KEY. Not needed for the server of the data folder.",
        HelpName = "KEY",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CORDON_KEY"),
    };

    /// <summary>Refuses a number outside its limits. A default is not asked: a command's own validators see none.</summary>
    public static void Within(this Option option, int low, int high) => option.Validators.Add(told =>
    {
        foreach (var token in told.Tokens)
            if (int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && (value < low || value > high))
                told.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {low:N0} to {high:N0}."));
    });

    // The parser of command lines knows no Uri.
    private static Uri ReadAddress(ArgumentResult told)
    {
        var text = told.Tokens[^1].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        told.AddError($"{text} is no address: it is written http://host:port.");
        return new Uri("about:blank");
    }
}
