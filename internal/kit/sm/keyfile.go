package sm

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// LoadKeyring reads the key file at path, and makes one with a fresh key when
// there is none. Two processes that start together end up with the same key.
// A file that others than its owner may read is refused. Whoever loses this
// file loses everything that was sealed: back it up apart from the data.
func LoadKeyring(path string) (*Keyring, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := createSecret(path, []byte(NewKey("k1")+"\n")); err != nil {
			return nil, err
		}
	}
	text, err := readSecret(path)
	if err != nil {
		return nil, err
	}
	return ParseKeyring(string(text))
}

// RotateKeyring adds a fresh newest key to the key file at path and returns
// its id. Running processes seal with it after they load the file again.
func RotateKeyring(path string) (string, error) {
	text, err := readSecret(path)
	if err != nil {
		return "", err
	}
	ring, err := ParseKeyring(string(text))
	if err != nil {
		return "", err
	}
	id := "k" + strconv.Itoa(len(ring.keys)+1)
	text = append(text, NewKey(id)+"\n"...)
	if _, err := ParseKeyring(string(text)); err != nil {
		return "", err
	}
	return id, replaceSecret(path, text)
}

// createSecret writes a new file that only its owner may read; a file that is
// there already stays.
func createSecret(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	temp, err := writeTemp(path, content)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if err := os.Link(temp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// replaceSecret puts new content in the place of a file in one step.
func replaceSecret(path string, content []byte) error {
	temp, err := writeTemp(path, content)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func writeTemp(path string, content []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

func readSecret(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("sm: %s has mode %o; only its owner may read it (chmod 600)", path, info.Mode().Perm())
	}
	return os.ReadFile(path)
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
