using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

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

    /// <summary>Refuses what lies outside of two ends. A value that is left out is the default, and not looked at.</summary>
    public static Option<T> Within<T>(this Option<T> option, T least, T most)
        where T : INumber<T>
    {
        option.Validators.Add(told =>
        {
            if (told.GetValueOrDefault<T>() is { } value && (value < least || value > most))
                told.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {least:#,0.###} to {most:#,0.###}."));
        });
        return option;
    }

    /// <summary>Refuses what lies outside of two ends, where something is said at all.</summary>
    public static Option<int?> Within(this Option<int?> option, int least, int most)
    {
        option.Validators.Add(told =>
        {
            if (told.GetValueOrDefault<int?>() is { } value && (value < least || value > most))
                told.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {least:N0} to {most:N0}."));
        });
        return option;
    }

    /// <summary>Refuses numbers of which one lies outside of two ends.</summary>
    public static Option<int[]> EachWithin(this Option<int[]> option, int least, int most)
    {
        option.Validators.Add(told =>
        {
            if (told.GetValueOrDefault<int[]>() is { } values && values.Any(value => value < least || value > most))
                told.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {least:N0} to {most:N0}."));
        });
        return option;
    }

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

    // The parser of command lines knows no Uri.
    private static Uri ReadAddress(ArgumentResult told)
    {
        var text = told.Tokens[^1].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        told.AddError($"{text} is no address: it is written http://host:port.");
        return new Uri("about:blank");
    }
}
