using System.CommandLine;
using System.Text.Json;
using Cordon.Casework;
using Cordon.Gateways.Intake;
using Spectre.Console;

namespace Cordon.Commands;

/// <summary><c>cordon token</c>: the keys that replace identity numbers, and tokens for members who send tokens only.</summary>
internal sealed class TokenCommand : Command
{
    private readonly Option<DirectoryInfo> data = CommonOptions.Data();
    private readonly Option<FileInfo?> keyFile = CommonOptions.TokenKey();
    private readonly Option<bool> json = CommonOptions.Json();

    public TokenCommand()
        : base("token", "Turn identity numbers into person tokens, and keep the keys that do it.")
    {
        foreach (var option in new Option[] { keyFile, data, json }) option.Recursive = true;
        foreach (var option in new Option[] { keyFile, data, json }) Options.Add(option);
        var create = new Command("create", "Make a key file with a first key.");
        create.SetAction(parsed => Keys(parsed, TokenKeyFile.Create, "made"));
        var rotate = new Command("rotate", "Add a key; new tokens carry its version, earlier ones stay for looking up.");
        rotate.SetAction(parsed => Keys(parsed, TokenKeyFile.Rotate, "rotated"));
        var make = new Command("make", "Read identity numbers from standard input, a line each, and print a token for each. The numbers are not kept.");
        make.SetAction(Make);
        foreach (var command in new[] { create, rotate, make }) Subcommands.Add(command);
    }

    private int Keys(ParseResult parsed, Func<string, string, TokenKeyReading> act, string done)
    {
        var path = Path(parsed);
        var (keys, refusal) = act(path, parsed.GetValue(data)!.FullName);
        if (keys is null) throw new CommandFault(refusal!);
        new Terminal(parsed.GetValue(json)).Result(
            new { File = path, Versions = keys.Versions.Select(v => (int)v), Current = (int)keys.Current },
            console => console.WriteLine($"{path} {done}: version {keys.Current} is used for new tokens. Keep a copy apart from the data: without it tokens cannot be matched again."));
        return Exit.Done;
    }

    private int Make(ParseResult parsed)
    {
        var (keys, refusal) = TokenKeyFile.Load(Path(parsed), parsed.GetValue(data)!.FullName);
        if (keys is null) throw new CommandFault($"{refusal} 'cordon token create' makes one.");
        var output = new StreamWriter(Console.OpenStandardOutput());
        var faults = parsed.GetValue(json) ? MakeJson(keys, output) : MakeLines(keys, output);
        output.Flush();
        return faults == 0 ? Exit.Done : Exit.Faults;
    }

    // A line for a line, so that the output can be pasted beside the input; a number itself is never repeated.
    private static int MakeLines(TokenKeys keys, StreamWriter output)
    {
        var faults = 0;
        foreach (var (line, token, fault) in Made(keys))
        {
            output.WriteLine(token);
            if (fault is null) continue;
            faults++;
            Terminal.Note($"line {line}: no identity number ({fault})");
        }
        return faults;
    }

    private static int MakeJson(TokenKeys keys, StreamWriter output)
    {
        var faults = 0;
        output.Write('[');
        foreach (var (line, token, fault) in Made(keys))
        {
            output.Write(line == 1 ? "\n  " : ",\n  ");
            output.Write(JsonSerializer.Serialize(new { Line = line, Token = token, Fault = fault }, CaseworkJson.Options));
            if (fault is not null) faults++;
        }
        output.WriteLine("\n]");
        return faults;
    }

    private static IEnumerable<(int Line, string? Token, IdentityNumberFault? Fault)> Made(TokenKeys keys)
    {
        for (var line = 1; Console.In.ReadLine() is { } text; line++)
        {
            var fault = IdentityNumber.Read(text.Trim(), out var number);
            yield return fault == IdentityNumberFault.None ? (line, keys.TokenOf(number).ToString(), null) : (line, null, fault);
        }
    }

    private string Path(ParseResult parsed) => parsed.GetValue(keyFile)?.FullName ?? TokenKeyFile.DefaultPath;
}
